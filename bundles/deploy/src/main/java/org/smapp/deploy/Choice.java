package org.smapp.deploy;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which jars are to run, and why the others are not.
 *
 * @param wanted by the location of their bundle
 * @param refused by the file's name: why
 */
record Choice(Map<String, Jar> wanted, Map<String, String> refused) {

    /**
     * Chooses. Of several files with the same bundle the one stays that runs already.
     *
     * @param jars of the deploy folder
     * @param installed locations of bundles from the deploy folder
     * @param platform symbolic names of the platform's own bundles
     */
    static Choice of(List<Jar> jars, Collection<String> installed, Set<String> platform) {
        Map<String, Jar> chosen = new HashMap<>();
        Map<String, String> refused = new TreeMap<>();
        Comparator<Jar> order = Comparator.<Jar, Boolean>comparing(each -> !isInPlace(each, installed))
                .thenComparing(Jar::file);
        for (Jar each : jars.stream().sorted(order).toList()) {
            if (platform.contains(each.symbolicName())) {
                refused.put(
                        each.file(),
                        each.file() + " is not taken: it has the symbolic name " + each.symbolicName()
                                + " of a bundle of the platform, which stays; give it a name of its own");
                continue;
            }
            Jar other = chosen.putIfAbsent(each.identity(), each);
            if (other != null) {
                refused.put(each.file(), twice(each, other));
            }
        }
        Map<String, Jar> wanted = new TreeMap<>();
        chosen.values().forEach(each -> wanted.put(each.location(), each));
        return new Choice(wanted, refused);
    }

    private static boolean isInPlace(Jar jar, Collection<String> installed) {
        return installed.stream().anyMatch(each -> Jar.file(each).equals(jar.file()));
    }

    private static String twice(Jar left, Jar taken) {
        return left.checksum().equals(taken.checksum())
                ? left.file() + " waits: " + taken.file() + " is the same bundle " + taken.identity()
                        + "; remove one of them"
                : left.file() + " is not taken: it calls itself " + taken.identity() + " as " + taken.file()
                        + " does, which stays; give it another Bundle-SymbolicName or Bundle-Version, or remove "
                        + taken.file();
    }
}
