/** What users get in the situations that SMAPP is made for, measured in the lab beside the in-kernel path manager. */
package org.smapp.scenarios;
