package dev.latchkey.limit;

import jakarta.servlet.http.HttpServletResponse;

/**
 * What a limit has left after a use, as the headers of
 * draft-ietf-httpapi-ratelimit-headers say it.
 *
 * @param policy how many in which time
 * @param remaining how many more until the time is over
 * @param seconds how long it goes on
 */
public record RateLimit(String policy, long remaining, long seconds) {

	static String policy(int quota, long window) {
		return "\"token\";q=" + quota + ";w=" + window;
	}

	/**
	 * Sets the two headers.
	 */
	public void writeTo(HttpServletResponse response) {
		response.setHeader("RateLimit-Policy", this.policy);
		response.setHeader("RateLimit", "\"token\";r=" + this.remaining + ";t=" + this.seconds);
	}

}
