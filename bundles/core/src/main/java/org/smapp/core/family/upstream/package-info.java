/**
 * The family {@code mptcp_pm} of the upstream kernel, 5.19 and later (include/uapi/linux/mptcp_pm.h): decoder, encoder, queries,
 * endpoints of the in-kernel path manager, and the settings that select a path manager.
 */
package org.smapp.core.family.upstream;
