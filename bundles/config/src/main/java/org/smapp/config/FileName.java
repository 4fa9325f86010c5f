package org.smapp.config;

/**
 * What the name of a file says: {@code PID.cfg}, or {@code FACTORY-NAME.cfg} for the PID {@code FACTORY~NAME}. Immutable.
 *
 * @param file the file's name
 * @param factoryPid empty if there is one such configuration only
 * @param name the name among those of the factory, or the PID
 */
record FileName(String file, String factoryPid, String name) {

    static final String ENDING = ".cfg";
    private static final String OTHER_ENDING = ".config";

    /** What to do with a file of this name. */
    enum Kind {
        CONFIGURATION,
        /** Somebody else's, or left by an editor, a patch or a package. */
        IGNORED,
        /** Looks as if it should be a configuration. */
        MISNAMED
    }

    static Kind kind(String file) {
        if (file.startsWith(".") || file.startsWith("#") || file.endsWith("~")) {
            return Kind.IGNORED;
        }
        if (file.endsWith(ENDING) || file.endsWith(OTHER_ENDING)) {
            return Kind.CONFIGURATION;
        }
        boolean copy = file.contains(ENDING + ".") || file.contains(ENDING + "-") || file.contains(OTHER_ENDING + ".");
        return file.contains("org.smapp.") && (!copy || file.endsWith(".txt")) ? Kind.MISNAMED : Kind.IGNORED;
    }

    /** @param file of the kind {@link Kind#CONFIGURATION} */
    static FileName of(String file) {
        String base = file.substring(0, file.lastIndexOf('.'));
        int tilde = base.indexOf('~');
        int end = tilde >= 0 ? tilde : base.indexOf('-');
        return end < 0
                ? new FileName(file, "", base)
                : new FileName(file, base.substring(0, end), base.substring(end + 1));
    }

    /**
     * Returns the name of the file for a configuration that was made elsewhere.
     *
     * @param factoryPid null if there is one such configuration only
     */
    static FileName of(String pid, String factoryPid) {
        if (factoryPid == null) {
            return new FileName(pid + ENDING, "", pid);
        }
        // Configuration Admin puts a tilde before a name that was chosen, and a full stop before one that it made up
        String name = pid.startsWith(factoryPid) ? pid.substring(factoryPid.length() + 1) : pid;
        return new FileName(factoryPid + "-" + name + ENDING, factoryPid, name);
    }

    /** Returns the name of the file for a PID that a file can have. */
    static FileName ofPid(String pid) {
        int tilde = pid.indexOf('~');
        return of(pid, tilde < 0 ? null : pid.substring(0, tilde));
    }

    String pid() {
        return factoryPid.isEmpty() ? name : factoryPid + "~" + name;
    }

    /** Returns the PID that the metatype has. */
    String describedBy() {
        return factoryPid.isEmpty() ? name : factoryPid;
    }

    boolean isPreferredTo(FileName other) {
        return file.endsWith(ENDING) && !other.file.endsWith(ENDING) || file.compareTo(other.file) < 0;
    }
}
