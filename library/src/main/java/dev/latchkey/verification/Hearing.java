package dev.latchkey.verification;

import org.springframework.stereotype.Component;

/**
 * Says whether changes are heard, for whoever shows it in an application that embeds
 * this.
 */
@Component
public class Hearing {

	private final CacheProperties properties;

	private final ListenerPulse pulse;

	Hearing(CacheProperties properties, ListenerPulse pulse) {
		this.properties = properties;
		this.pulse = pulse;
	}

	/**
	 * Returns whether tokens are remembered at all.
	 */
	public boolean isWanted() {
		return this.properties.enabled();
	}

	/**
	 * Returns whether what is remembered is believed now.
	 */
	public boolean isFresh() {
		return this.pulse.isFresh();
	}

}
