package dev.latchkey.endpoint;

/**
 * The order of the filters at the endpoints of OAuth: behind those that know the
 * request's origin and limit its size, before Spring Security's, which is at -100.
 */
public final class EndpointOrder {

	/** Which methods the endpoint has. */
	public static final int METHODS = -103;

	/** What is read of the request by everybody behind. */
	public static final int REQUEST = -102;

	/** The endpoint itself, where no chain of Spring Security stands before it. */
	public static final int ENDPOINT = -101;

	private EndpointOrder() {
	}

}
