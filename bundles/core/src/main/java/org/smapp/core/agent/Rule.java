package org.smapp.core.agent;

/**
 * Which connections belong to which controller. The first rule that matches decides.
 *
 * @param name the rule's name
 * @param ranking rules with a higher one are asked first
 * @param side {@code client}, {@code server} or {@code any}
 * @param controller the name of the controller
 */
public record Rule(String name, int ranking, String side, String controller) implements Comparable<Rule> {

    boolean matches(TrackedConnection row) {
        return side.equals("any") || side.equalsIgnoreCase(row.side.name());
    }

    /** Orders the higher ranking first, and rules of the same ranking by name. */
    @Override
    public int compareTo(Rule other) {
        int byRanking = Integer.compare(other.ranking, ranking);
        return byRanking != 0 ? byRanking : name.compareTo(other.name);
    }
}
