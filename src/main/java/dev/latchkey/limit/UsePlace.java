package dev.latchkey.limit;

/**
 * For whom a token is used. A limit that somebody set for it counts wherever that is; the
 * server's default protects the server.
 */
public enum UsePlace {

	/** The token opens a route of this server. */
	HERE,

	/** Somebody else asks whether it is good: a proxy, a resource server. */
	ELSEWHERE

}
