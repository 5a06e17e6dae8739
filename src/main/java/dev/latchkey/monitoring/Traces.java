package dev.latchkey.monitoring;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.sdk.trace.SdkTracerProvider;

/**
 * The traces of this node, which a thread of their own sends away from time to time.
 *
 * @param provider makes and sends them
 * @param patience how long the end waits for what has not been sent
 */
record Traces(SdkTracerProvider provider, Duration patience) implements AutoCloseable {

	Tracer tracer() {
		return this.provider.get("dev.latchkey");
	}

	/**
	 * Sends what there is now.
	 */
	void send() {
		this.provider.forceFlush().join(this.patience.toMillis(), TimeUnit.MILLISECONDS);
	}

	@Override
	public void close() {
		this.provider.shutdown().join(this.patience.toMillis(), TimeUnit.MILLISECONDS);
	}

}
