/**
 * What controllers share. It is no bundle's export: each controller carries its own copy along, so that a mended one comes with
 * the next version of a controller and stops nothing else.
 */
package org.smapp.controller.kit;
