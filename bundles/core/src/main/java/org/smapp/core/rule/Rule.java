package org.smapp.core.rule;

/**
 * Which connections belong to which policy. The first rule that matches decides. Immutable.
 *
 * @param name the rule's name
 * @param ranking rules with a higher one are asked first
 * @param when what a connection must be like
 * @param controller the name of the controller whose default policy this is about, or empty
 * @param policy the name of the policy, or empty
 */
public record Rule(String name, int ranking, Conditions when, String controller, String policy)
        implements Comparable<Rule> {

    /** A rule for the default policy of a controller. */
    public Rule(String name, int ranking, Conditions when, String controller) {
        this(name, ranking, when, controller, "");
    }

    /** Orders the higher ranking first, and rules of the same ranking by name. */
    @Override
    public int compareTo(Rule other) {
        int byRanking = Integer.compare(other.ranking, ranking);
        return byRanking != 0 ? byRanking : name.compareTo(other.name);
    }
}
