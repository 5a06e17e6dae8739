package dev.latchkey.verification;

import java.util.UUID;

import org.springframework.stereotype.Service;

/**
 * Knows of uses that this node has seen and that do not stand in the database yet.
 */
@Service
public class UnwrittenUses {

	private final LastUseRecorder recorder;

	UnwrittenUses(LastUseRecorder recorder) {
		this.recorder = recorder;
	}

	/**
	 * Returns whether this node has seen the token and not yet written that down.
	 */
	public boolean isRemembered(UUID tokenId) {
		return this.recorder.remembers(tokenId);
	}

}
