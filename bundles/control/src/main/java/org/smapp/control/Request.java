package org.smapp.control;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import org.smapp.api.IpAddress;
import org.smapp.api.Token;

/**
 * A request: one JSON object, its operation in the field {@code op}. Fields that nobody asks for are ignored.
 *
 * @param operation what is asked
 * @param fields the whole object
 */
record Request(String operation, JsonObject fields) {

    static Request parse(String line) throws BadRequest {
        JsonElement element;
        try {
            element = JsonParser.parseString(line);
        } catch (JsonParseException e) {
            throw new BadRequest("The request is not JSON: " + e.getMessage(), e);
        }
        if (!element.isJsonObject()) {
            throw new BadRequest("The request is not an object such as {\"op\":\"connections\"}.");
        }
        JsonObject fields = element.getAsJsonObject();
        return new Request(new Request("", fields).text("op"), fields);
    }

    boolean has(String name) {
        JsonElement value = fields.get(name);
        return value != null && !value.isJsonNull();
    }

    String text(String name) throws BadRequest {
        JsonPrimitive value = primitive(name);
        if (!value.isString()) {
            throw new BadRequest("\"" + name + "\" is not a string.");
        }
        return value.getAsString();
    }

    boolean flag(String name) throws BadRequest {
        JsonPrimitive value = primitive(name);
        if (!value.isBoolean()) {
            throw new BadRequest("\"" + name + "\" is neither true nor false.");
        }
        return value.getAsBoolean();
    }

    int number(String name, int min, int max) throws BadRequest {
        String text = primitive(name).getAsString();
        try {
            int number = Integer.parseInt(text);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new BadRequest("\"" + name + "\" is not a whole number: " + text, e);
        }
        throw new BadRequest("\"" + name + "\" is " + text + ", but goes from " + min + " to " + max + ".");
    }

    /** A token is a number, or a string as {@link Token#parse} reads it. */
    Token token() throws BadRequest {
        String text = primitive("token").getAsString();
        try {
            return Token.parse(text);
        } catch (NumberFormatException e) {
            throw new BadRequest("\"token\" is not a number of 32 bits without a sign: " + text, e);
        }
    }

    IpAddress address(String name) throws BadRequest {
        String text = text(name);
        try {
            return IpAddress.parse(text);
        } catch (IllegalArgumentException e) {
            throw new BadRequest("\"" + name + "\": " + e.getMessage(), e);
        }
    }

    private JsonPrimitive primitive(String name) throws BadRequest {
        JsonElement value = fields.get(name);
        if (value == null || value.isJsonNull()) {
            throw new BadRequest("The request has no \"" + name + "\".");
        }
        if (!value.isJsonPrimitive()) {
            throw new BadRequest("\"" + name + "\" is not a plain value.");
        }
        return value.getAsJsonPrimitive();
    }
}
