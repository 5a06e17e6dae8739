package dev.latchkey.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives the tests of a class a real Latchkey: as a parameter of type
 * {@link LatchkeyServer}, and as the connection of their application context. Classes
 * with the same settings share one.
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(LatchkeyExtension.class)
public @interface WithLatchkey {

	/**
	 * Settings of the server, each as {@code name=value}.
	 */
	String[] settings() default {};

}
