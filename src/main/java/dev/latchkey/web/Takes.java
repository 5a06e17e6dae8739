package dev.latchkey.web;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says that the body of a route is of another kind than JSON. It is compared after the
 * rights: a mapping that does it would tell who may not call the route that it is there.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Takes {

	/**
	 * The media type.
	 */
	String value();

}
