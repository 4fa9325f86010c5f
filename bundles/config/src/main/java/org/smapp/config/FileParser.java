package org.smapp.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads {@code key = value} line by line, as in Java's properties files, and values as OSGi's {@code .config} files have them:
 * {@code "text"}, {@code [ "a", "b" ]}, with or without the letter of a type before them. Used by one thread, for one file.
 */
final class FileParser {

    private static final Pattern KEY = Pattern.compile("[\\p{L}\\p{N}._$-]+");
    private static final Pattern TYPED = Pattern.compile("[TILFDXSCBtilfdxscb]?[\"\\[(].*", Pattern.DOTALL);
    private static final Pattern PLACE = Pattern.compile("(?<!\\\\)\\$\\{([^}$]{0,80})}");
    private static final Pattern UNICODE = Pattern.compile("u[0-9a-fA-F]{4}");
    private static final int SHOWN = 60;

    /** What Configuration Admin and others note in a configuration about itself. */
    static final Set<String> NOT_SETTINGS = Set.of(
            "service.pid",
            "service.factoryPid",
            "service.bundleLocation",
            "felix.fileinstall.filename",
            ":org.apache.felix.configadmin.revision:");

    private final String[] lines;
    private final UnaryOperator<String> properties;
    private final Map<String, ParsedFile.Entry> entries = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();
    private int line;

    private FileParser(String text, UnaryOperator<String> properties) {
        this.lines = text.split("\r\n|\r|\n", -1);
        this.properties = properties;
    }

    /** @param properties gives the value of a framework property, or null */
    static ParsedFile parse(String text, UnaryOperator<String> properties) {
        FileParser parser = new FileParser(text, properties);
        for (parser.line = 0; parser.line < parser.lines.length; parser.line++) {
            parser.line();
        }
        return new ParsedFile(parser.entries, List.copyOf(parser.problems));
    }

    private void line() {
        String content = lines[line].strip();
        if (content.isEmpty() || content.charAt(0) == '#' || content.charAt(0) == '!') {
            return;
        }
        int first = line;
        int equals = separator(content);
        String key = equals < 0 ? "" : content.substring(0, equals).strip();
        if (!KEY.matcher(key).matches()) {
            if (!NOT_SETTINGS.contains(key)) {
                problems.add("line " + (first + 1) + ": '" + shown(content) + "' is not key = value");
            }
            return;
        }
        try {
            Object value = value(content.substring(equals + 1).strip());
            if (NOT_SETTINGS.contains(key)) {
                return;
            }
            ParsedFile.Entry before = entries.put(key, new ParsedFile.Entry(value, first, line));
            if (before != null) {
                problems.add(key + ": is there twice, in line " + (before.first() + 1) + " and in line " + (first + 1)
                        + "; remove one");
            }
        } catch (WrongConfiguration e) {
            problems.add(key + ": " + e.getMessage());
        }
    }

    private static int separator(String content) {
        int equals = content.indexOf('=');
        int colon = content.indexOf(':', 1);
        return colon > 0
                        && (equals < 0 || colon < equals)
                        && KEY.matcher(content.substring(0, colon).strip()).matches()
                ? colon
                : equals;
    }

    private Object value(String begin) throws WrongConfiguration {
        return TYPED.matcher(begin).matches()
                ? typed(begin)
                : unescaped(filled(continued(begin)).strip());
    }

    /** A line that ends with a backslash goes on in the next. */
    private String continued(String begin) {
        StringBuilder text = new StringBuilder(begin);
        while (endsInside(text) && line + 1 < lines.length) {
            text.setLength(text.length() - 1);
            text.append(lines[++line].strip());
        }
        if (endsInside(text)) {
            text.setLength(text.length() - 1);
        }
        return text.toString();
    }

    private static boolean endsInside(CharSequence text) {
        int backslashes = 0;
        while (backslashes < text.length() && text.charAt(text.length() - 1 - backslashes) == '\\') {
            backslashes++;
        }
        return backslashes % 2 == 1;
    }

    private Object typed(String begin) throws WrongConfiguration {
        String text = Character.isLetter(begin.charAt(0)) ? begin.substring(1) : begin;
        if (text.charAt(0) != '"') {
            return list(text);
        }
        List<String> texts = new ArrayList<>();
        String rest = elements(continued(text), texts);
        if (!rest.isEmpty()) {
            throw new WrongConfiguration("'" + shown(rest) + "' is too much: nothing comes after the last quote");
        }
        return texts.size() == 1 ? texts.get(0) : texts;
    }

    /** A list may go on in further lines, as long as they can belong to it. */
    private List<String> list(String begin) throws WrongConfiguration {
        char close = begin.charAt(0) == '[' ? ']' : ')';
        StringBuilder all = new StringBuilder(begin);
        String part = continued(begin.substring(1).strip());
        List<String> texts = new ArrayList<>();
        while (true) {
            String rest = elements(part, texts);
            if (!rest.isEmpty()) {
                if (rest.charAt(0) == close && rest.length() == 1) {
                    return texts;
                }
                throw new WrongConfiguration("'" + shown(rest) + "' is too much in the list '" + shown(all.toString())
                        + "': quotes and commas go around its entries, a " + close + " to its end");
            }
            if (line + 1 == lines.length
                    || separator(lines[line + 1]) > 0
                    || lines[line + 1].strip().startsWith("#")) {
                throw new WrongConfiguration("the list '" + shown(all.toString()) + "' has no end: write a " + close
                        + " after its last entry");
            }
            part = continued(lines[++line].strip());
            all.append(' ').append(part);
        }
    }

    /** Reads entries with commas between them; returns what is left where something else begins. */
    private String elements(String text, List<String> texts) throws WrongConfiguration {
        String rest = text;
        while (!rest.isEmpty() && "])".indexOf(rest.charAt(0)) < 0) {
            int end = rest.charAt(0) == '"' ? quoteEnd(rest) : wordEnd(rest);
            String entry = rest.charAt(0) == '"' ? rest.substring(1, end - 1) : rest.substring(0, end);
            if (!entry.isBlank() || rest.charAt(0) == '"') {
                texts.add(unescaped(filled(entry).strip()));
            }
            rest = rest.substring(end).strip();
            if (!rest.startsWith(",")) {
                return rest;
            }
            rest = rest.substring(1).strip();
        }
        return rest;
    }

    private static int quoteEnd(String text) throws WrongConfiguration {
        for (int i = 1; i < text.length(); i++) {
            if (text.charAt(i) == '\\') {
                i++;
            } else if (text.charAt(i) == '"') {
                return i + 1;
            }
        }
        throw new WrongConfiguration("'" + shown(text) + "' has no quote at its end");
    }

    private static int wordEnd(String text) {
        int end = 0;
        while (end < text.length() && ",])".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return end;
    }

    private static String unescaped(String text) {
        if (text.indexOf('\\') < 0) {
            return text;
        }
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            if (each != '\\' || i + 1 == text.length()) {
                plain.append(each);
                continue;
            }
            char escaped = text.charAt(++i);
            if (escaped == 'u'
                    && UNICODE.matcher(text)
                            .region(i, Math.min(i + 5, text.length()))
                            .matches()) {
                plain.append((char) Integer.parseInt(text.substring(i + 1, i + 5), 16));
                i += 4;
            } else {
                int special = "ntrf".indexOf(escaped);
                plain.append(special < 0 ? escaped : "\n\t\r\f".charAt(special));
            }
        }
        return plain.toString();
    }

    /** Puts framework properties where a {@code ${name}} is. */
    private String filled(String text) throws WrongConfiguration {
        Matcher matcher = PLACE.matcher(text);
        StringBuilder filled = new StringBuilder();
        while (matcher.find()) {
            String value = properties.apply(matcher.group(1));
            if (value == null) {
                throw new WrongConfiguration("there is no property '" + shown(matcher.group(1)) + "'");
            }
            matcher.appendReplacement(filled, Matcher.quoteReplacement(value));
        }
        return matcher.appendTail(filled).toString();
    }

    /** Returns a value as it is shown in a sentence: on one line, and not all of it if it is long. */
    static String shown(String text) {
        String line = text.replaceAll("\\p{Cntrl}", "?");
        return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "...";
    }
}
