package dev.latchkey.startup;

import java.security.Security;

/**
 * Lets the JVM forget soon what the resolver has said about host names. By default it
 * believes for ten seconds that a name does not exist, so that a node would be down for
 * that long after the name is back, and for thirty that a database is where it was.
 */
public final class NameLookups {

	private static final String FOUND = "networkaddress.cache.ttl";

	private static final String NOT_FOUND = "networkaddress.cache.negative.ttl";

	private static final String DEFAULT_OF_NOT_FOUND = "10";

	private NameLookups() {
	}

	/**
	 * Sets both times, unless whoever started the JVM has set others than its own. Has to
	 * be called before the first name is looked up, which is when they are read.
	 */
	public static void forgetSoon() {
		if (Security.getProperty(FOUND) == null && System.getProperty("sun.net.inetaddr.ttl") == null) {
			Security.setProperty(FOUND, "5");
		}
		if (DEFAULT_OF_NOT_FOUND.equals(Security.getProperty(NOT_FOUND))) {
			Security.setProperty(NOT_FOUND, "1");
		}
	}

}
