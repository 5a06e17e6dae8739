package dev.latchkey.value;

/**
 * One field that was not accepted.
 *
 * @param field the name as it stands in the request
 * @param message what is wrong, for a person to read
 */
public record FieldFault(String field, String message) {

}
