/**
 * SMAPP itself from a built distribution, managing a host of the lab: started, asked and stopped as an operator does it. For
 * tests, the demo, benchmarks, and for authors of controllers.
 *
 * <pre>{@code
 * try (GatewayLab lab = GatewayLab.open("example");
 *         Smapp smapp = new Smapp(lab.lab(), lab.gateway(), Path.of("/opt/smapp"))) {
 *     smapp.deploy(Path.of("target/my-controller-1.0.0.jar"), "my-controller.jar");
 *     smapp.configure("org.smapp.rule-default", "controller = mine\n");
 *     smapp.start();
 *     // ... traffic ...
 *     smapp.control().connections().forEach(System.out::println);
 * }
 * }</pre>
 *
 * <p>Needs Gson.
 */
@Export
@Version("1.0.0")
package org.smapp.testkit.gateway;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
