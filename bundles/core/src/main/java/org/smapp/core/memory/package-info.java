/**
 * What the kernel can't be asked for again, kept in the data folder: the addresses that peers announced, and who wants no join to
 * the first address.
 */
package org.smapp.core.memory;
