package dev.latchkey.mail;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.springframework.context.support.ResourceBundleMessageSource;

/**
 * Words what happened, from {@code messages/mail}. A token is named by what its owner
 * calls it and by its hint; no mail has a secret, or a link that does more than lead to
 * the sign-in.
 */
class MailTexts {

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT)
		.withZone(ZoneOffset.UTC);

	private final ResourceBundleMessageSource messages = new ResourceBundleMessageSource();

	private final @Nullable String server;

	/**
	 * Takes the server's address, or null where it has none that people know.
	 */
	MailTexts(@Nullable String server) {
		this.messages.setBasename("messages/mail");
		this.messages.setDefaultEncoding("UTF-8");
		this.messages.setFallbackToSystemLocale(false);
		this.messages.setAlwaysUseMessageFormat(true);
		this.server = server;
	}

	String subject(MailKind kind) {
		return text(kind.value() + ".subject");
	}

	/**
	 * Returns the text to somebody about all that happened to him of one kind.
	 */
	String text(MailKind kind, String name, List<QueuedMail> mails) {
		String lines = mails.stream().map(this::line).distinct().collect(Collectors.joining("\n"));
		String where = (this.server != null) ? text(kind.value() + ".where", this.server) : text("where");
		return text("frame", name, text(kind.value() + ".text"), lines, where);
	}

	private String line(QueuedMail mail) {
		String place = (mail.ip() != null) ? text("from", mail.ip()) : "";
		String time = TIME.format(mail.at());
		if (mail.tokenName() == null) {
			return text("line.account", time, place);
		}
		Instant end = mail.tokenEnd();
		String hint = (mail.tokenHint() != null) ? mail.tokenHint() : text("elsewhere");
		return text("line.token", mail.tokenName(), hint, (end != null) ? TIME.format(end) : text("never"), time,
				place);
	}

	private String text(String key, Object... arguments) {
		return this.messages.getMessage(key, arguments, Locale.ROOT);
	}

}
