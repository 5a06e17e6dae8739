package dev.latchkey.verification;

import org.springframework.stereotype.Component;

/**
 * Says whether changes are heard, for whoever shows it in an application that embeds
 * this, and has that begin and end with the application.
 */
@Component
public class Hearing {

	private final CacheProperties properties;

	private final ListenerPulse pulse;

	private final ChangeListener listener;

	Hearing(CacheProperties properties, ListenerPulse pulse, ChangeListener listener) {
		this.properties = properties;
		this.pulse = pulse;
		this.listener = listener;
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

	/**
	 * Returns whether it has begun, be anything heard or not.
	 */
	public boolean isBegun() {
		return this.listener.isRunning();
	}

	/**
	 * Begins anew, where the application goes on after it had stopped.
	 */
	public void begin() {
		this.listener.start();
	}

	/**
	 * Ends it, and with it the streams of all who follow.
	 */
	public void end() {
		this.listener.stop();
	}

}
