package dev.latchkey.grant;

/**
 * The codes of a device that asks to act for somebody (RFC 8628 section 3.2).
 *
 * @param deviceCode what it fetches its tokens with
 * @param userCode what it shows
 * @param expiresIn how many seconds both live
 * @param interval how many seconds it waits until it asks for its tokens, and again
 */
public record DeviceCodes(String deviceCode, String userCode, long expiresIn, int interval) {

	@Override
	public String toString() {
		return "DeviceCodes[****]";
	}

}
