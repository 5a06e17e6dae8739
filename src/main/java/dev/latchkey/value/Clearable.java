package dev.latchkey.value;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A field of a change that may be empty. It is emptied by a value that says so, and by
 * null in a merge patch alone (RFC 7396).
 */
@Documented
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface Clearable {

	/**
	 * Returns the value that empties the field, as JSON.
	 */
	String by();

}
