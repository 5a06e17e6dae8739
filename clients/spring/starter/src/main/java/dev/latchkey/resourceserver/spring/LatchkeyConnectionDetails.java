package dev.latchkey.resourceserver.spring;

import java.net.URI;

import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;

/**
 * Where Latchkey is, and how this service proves itself there. A bean of this type takes
 * the place of the settings, in tests for example.
 */
public interface LatchkeyConnectionDetails extends ConnectionDetails {

	/**
	 * Returns Latchkey's address.
	 */
	URI address();

	/**
	 * Returns the id of the client that asks.
	 */
	String clientId();

	/**
	 * Returns its secret.
	 */
	String clientSecret();

}
