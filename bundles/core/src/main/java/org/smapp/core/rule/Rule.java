package org.smapp.core.rule;

/**
 * Which connections belong to which controller. The first rule that matches decides. Immutable.
 *
 * @param name the rule's name
 * @param ranking rules with a higher one are asked first
 * @param when what a connection must be like
 * @param controller the name of the controller
 */
public record Rule(String name, int ranking, Conditions when, String controller) implements Comparable<Rule> {

    /** Orders the higher ranking first, and rules of the same ranking by name. */
    @Override
    public int compareTo(Rule other) {
        int byRanking = Integer.compare(other.ranking, ranking);
        return byRanking != 0 ? byRanking : name.compareTo(other.name);
    }
}
