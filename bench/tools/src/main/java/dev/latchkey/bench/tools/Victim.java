package dev.latchkey.bench.tools;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * A token that is going to lose its rights, and when it did. Times are of
 * {@link System#nanoTime()}.
 */
final class Victim {

	private final String raw;

	private final byte[] digest;

	private final String ownersKey;

	private final String id;

	private final String owner;

	private final AtomicInteger acceptedWhileGood = new AtomicInteger();

	private final AtomicInteger triedAfterwards = new AtomicInteger();

	private volatile Revocation revocation;

	private volatile boolean begun;

	private volatile long answeredAt;

	private volatile boolean answered;

	Victim(String raw, byte[] digest, String ownersKey, String id, String owner) {
		this.raw = raw;
		this.digest = digest;
		this.ownersKey = ownersKey;
		this.id = id;
		this.owner = owner;
	}

	void revoke(Revocation how, Hands hands) throws Exception {
		this.revocation = how;
		this.begun = true;
		how.carryOut(this, hands);
		this.answeredAt = System.nanoTime();
		this.answered = true;
	}

	/** Whether a request that began at that time began after the answer. */
	boolean isDeadAt(long begin) {
		return this.answered && begin - this.answeredAt > 0;
	}

	boolean isTouched() {
		return this.begun;
	}

	boolean isAnswered() {
		return this.answered;
	}

	long answeredAt() {
		return this.answeredAt;
	}

	Revocation revocation() {
		return this.revocation;
	}

	String raw() {
		return this.raw;
	}

	byte[] digest() {
		return this.digest;
	}

	String ownersKey() {
		return this.ownersKey;
	}

	String id() {
		return this.id;
	}

	String owner() {
		return this.owner;
	}

	AtomicInteger acceptedWhileGood() {
		return this.acceptedWhileGood;
	}

	AtomicInteger triedAfterwards() {
		return this.triedAfterwards;
	}

}
