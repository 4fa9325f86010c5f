package org.smapp.launcher;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import com.google.gson.annotations.SerializedName;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * One feature file: the bundles that belong together and the framework properties that they need. The format is the Apache Sling
 * feature model, of which only these keys are read. Immutable.
 */
record Feature(
        List<Entry> bundles,
        @SerializedName("framework-properties") Map<String, String> frameworkProperties) {

    /** One bundle and the start level at which it starts. */
    record Entry(String id, @SerializedName("start-order") int startLevel) {}

    Feature {
        bundles = bundles == null ? List.of() : List.copyOf(bundles);
        frameworkProperties = frameworkProperties == null ? Map.of() : Map.copyOf(frameworkProperties);
    }

    static Feature read(Path file) throws StartException {
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            Feature feature = new Gson().fromJson(reader, Feature.class);
            if (feature == null) {
                throw new StartException("The feature file " + file + " is empty; install SMAPP again.");
            }
            return feature;
        } catch (IOException | JsonParseException e) {
            throw new StartException("The feature file " + file + " can't be read: " + e.getMessage() + ".", e);
        }
    }
}
