package dev.latchkey.testing;

/**
 * What proves that a code is redeemed by the client that asked for it: the pair of RFC
 * 7636, appendix B.
 */
public final class Pkce {

	/** What the client alone knows until it redeems the code. */
	public static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

	/** Its digest, which the client sends when it asks for the code. */
	public static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

	private Pkce() {
	}

}
