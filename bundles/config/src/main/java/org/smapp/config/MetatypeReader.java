package org.smapp.config;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import org.xml.sax.Attributes;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.AttributesImpl;
import org.xml.sax.helpers.DefaultHandler;

/** Reads one metatype document, OSGi Compendium chapter 105. Used by one thread. */
final class MetatypeReader extends DefaultHandler {

    private static final Map<String, Class<?>> TYPES = Map.of(
            "Boolean", Boolean.class,
            "Long", Long.class,
            "Integer", Integer.class,
            "Short", Short.class,
            "Byte", Byte.class,
            "Double", Double.class,
            "Float", Float.class,
            "Character", Character.class,
            "Char", Character.class);

    private final Map<String, Map<String, Attribute>> classes = new LinkedHashMap<>();
    private final List<ObjectClass> found = new ArrayList<>();
    private Map<String, Attribute> current = Map.of();
    private String pid = "";
    private boolean factory;
    private Attributes attribute;
    private final List<String> options = new ArrayList<>();

    private MetatypeReader() {}

    static List<ObjectClass> read(InputStream document) throws IOException, SAXException {
        MetatypeReader reader = new MetatypeReader();
        try {
            SAXParserFactory.newInstance().newSAXParser().parse(document, reader);
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("Every Java platform has a parser without special features", e);
        }
        return reader.found;
    }

    @Override
    public void startElement(String uri, String localName, String name, Attributes values) {
        switch (name) {
            case "OCD" -> {
                current = new LinkedHashMap<>();
                classes.put(values.getValue("id"), current);
            }
            case "AD" -> {
                options.clear();
                attribute = new AttributesImpl(values);
            }
            case "Option" -> options.add(values.getValue("value"));
            case "Designate" -> {
                factory = values.getValue("factoryPid") != null;
                pid = factory ? values.getValue("factoryPid") : values.getValue("pid");
            }
            case "Object" ->
                found.add(new ObjectClass(pid, factory, classes.getOrDefault(values.getValue("ocdref"), Map.of())));
            default -> {
                // the rest is for people
            }
        }
    }

    @Override
    public void endElement(String uri, String localName, String name) {
        if (name.equals("AD")) {
            current.put(attribute.getValue("id"), attribute(attribute, List.copyOf(options)));
        }
    }

    private static Attribute attribute(Attributes values, List<String> options) {
        String cardinality = text(values, "cardinality");
        boolean list = !cardinality.isEmpty() && !cardinality.equals("0");
        String defaults = text(values, "default");
        return new Attribute(
                values.getValue("id"),
                text(values, "description"),
                TYPES.getOrDefault(values.getValue("type"), String.class),
                list,
                !text(values, "required").equals("false"),
                defaults.isEmpty() && (list || values.getValue("default") == null)
                        ? List.of()
                        : list ? List.of(defaults.split(",")) : List.of(defaults),
                text(values, "min"),
                text(values, "max"),
                options);
    }

    private static String text(Attributes values, String name) {
        String value = values.getValue(name);
        return value == null ? "" : value;
    }
}
