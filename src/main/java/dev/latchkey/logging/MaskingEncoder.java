package dev.latchkey.logging;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.EncoderBase;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.logging.logback.StructuredLogEncoder;

/**
 * Writes a log event as Spring Boot would, by pattern or structured, with credentials
 * blanked. It masks the whole of what is written: message, exceptions and context alike.
 */
public class MaskingEncoder extends EncoderBase<ILoggingEvent> {

	private Charset charset = StandardCharsets.UTF_8;

	private String pattern = "";

	private String structuredFormat = "";

	private @Nullable Encoder<ILoggingEvent> delegate;

	public void setCharset(Charset charset) {
		this.charset = charset;
	}

	public void setPattern(String pattern) {
		this.pattern = pattern;
	}

	/**
	 * Writes structured lines instead of following the pattern.
	 * @param structuredFormat the name of a format, such as {@code ecs}, or an empty
	 * string for none
	 */
	public void setStructuredFormat(String structuredFormat) {
		this.structuredFormat = structuredFormat;
	}

	@Override
	public void start() {
		try {
			this.delegate = started(this.structuredFormat.isEmpty() ? byPattern() : structured());
		}
		catch (RuntimeException ex) {
			// That there is no such format is said by the check of the settings, which
			// needs a log to say it in.
			this.delegate = started(byPattern());
		}
		super.start();
	}

	private Encoder<ILoggingEvent> started(Encoder<ILoggingEvent> encoder) {
		encoder.setContext(getContext());
		encoder.start();
		return encoder;
	}

	private Encoder<ILoggingEvent> byPattern() {
		PatternLayoutEncoder encoder = new PatternLayoutEncoder();
		encoder.setPattern(this.pattern);
		encoder.setCharset(this.charset);
		return encoder;
	}

	private Encoder<ILoggingEvent> structured() {
		StructuredLogEncoder encoder = new StructuredLogEncoder();
		encoder.setFormat(this.structuredFormat);
		encoder.setCharset(this.charset);
		return encoder;
	}

	@Override
	public byte @Nullable [] headerBytes() {
		return (this.delegate != null) ? this.delegate.headerBytes() : null;
	}

	@Override
	public byte[] encode(ILoggingEvent event) {
		if (this.delegate == null) {
			return new byte[0];
		}
		byte[] written = this.delegate.encode(event);
		String line = new String(written, this.charset);
		String masked = SecretMask.apply(line);
		return masked.equals(line) ? written : masked.getBytes(this.charset);
	}

	@Override
	public byte @Nullable [] footerBytes() {
		return (this.delegate != null) ? this.delegate.footerBytes() : null;
	}

}
