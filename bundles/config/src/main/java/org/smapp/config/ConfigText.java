package org.smapp.config;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** The text of a file, whatever an editor or a copy made of its encoding. Thread-safe: stateless. */
final class ConfigText {

    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final char NO_BREAK_SPACE = '\u00A0';

    private ConfigText() {}

    /**
     * Decodes UTF-8, UTF-16 with a byte order mark, or else Latin-1.
     *
     * @throws WrongConfiguration if it is no text at all
     */
    static String decode(byte[] bytes) throws WrongConfiguration {
        String text = text(bytes);
        if (!text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK) {
            text = text.substring(1);
        }
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            if (Character.isISOControl(each) && "\t\n\r\f".indexOf(each) < 0) {
                long line = text.substring(0, i + 1).lines().count();
                throw new WrongConfiguration("line " + line + " is no text: write key = value in each line");
            }
        }
        return text.replace(NO_BREAK_SPACE, ' ');
    }

    private static String text(byte[] bytes) {
        if (bytes.length >= 2 && (bytes[0] & 0xff) + (bytes[1] & 0xff) == 0xff + 0xfe) {
            return new String(bytes, StandardCharsets.UTF_16);
        }
        try {
            Charset utf8 = StandardCharsets.UTF_8;
            return utf8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
    }
}
