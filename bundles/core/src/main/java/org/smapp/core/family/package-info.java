/**
 * What differs between kernels: {@link org.smapp.core.family.KernelFamily} is the one seam. Each family is a package below this
 * one, and nothing else knows a number, an attribute or a setting of a family.
 */
package org.smapp.core.family;
