package dev.latchkey.embedded;

/**
 * Knows the services that may ask at {@code /oauth2/introspect} what a token is good for.
 * Whoever has such services, and {@code latchkey.routes.introspection}, makes a bean of
 * this; without one only tokens with the scope {@code tokens:introspect} may ask.
 */
@FunctionalInterface
public interface IntrospectionClients {

	/**
	 * Returns whether that is the secret of the service of that name. It is asked with
	 * each question of a service, and compares in a time that says nothing of the secret,
	 * as password encoders do.
	 * @param name by which the service calls itself, with the Basic scheme
	 * @param secret what it says is its secret
	 * @return false also where there is no such service. A failure to answer is thrown;
	 * then nothing is decided, and the answer is 503
	 */
	boolean isProven(String name, String secret);

}
