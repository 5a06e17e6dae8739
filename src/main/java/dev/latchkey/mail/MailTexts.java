package dev.latchkey.mail;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

import dev.latchkey.language.Language;
import dev.latchkey.language.Words;
import dev.latchkey.mail.MailQueue.Recipient;
import org.jspecify.annotations.Nullable;

import org.springframework.context.MessageSource;

/**
 * Words what happened, from {@code messages/mail}, in the language of whoever gets it. A
 * token is named by what its owner calls it and by its hint; no mail has a secret, or a
 * link that does more than lead to the sign-in.
 */
class MailTexts {

	private final MessageSource messages = Words.texts("messages/mail");

	private final @Nullable String server;

	/**
	 * Takes the server's address, or null where it has none that people know.
	 */
	MailTexts(@Nullable String server) {
		this.server = server;
	}

	String subject(MailKind kind, Language language) {
		return text(language, kind.value() + ".subject");
	}

	/**
	 * Returns the text to somebody about all that happened to him of one kind.
	 */
	String text(MailKind kind, Recipient recipient, List<QueuedMail> mails) {
		Language language = recipient.language();
		String lines = mails.stream().map((mail) -> line(language, mail)).distinct().collect(Collectors.joining("\n"));
		String where = (this.server != null) ? text(language, kind.value() + ".where", this.server)
				: text(language, "where");
		return text(language, "frame", recipient.name(), text(language, kind.value() + ".text"), lines, where);
	}

	private String line(Language language, QueuedMail mail) {
		String place = (mail.ip() != null) ? text(language, "from", mail.ip()) : "";
		String time = language.minute(mail.at());
		if (mail.tokenName() == null) {
			return text(language, "line.account", time, place);
		}
		Instant end = mail.tokenEnd();
		String hint = (mail.tokenHint() != null) ? mail.tokenHint() : text(language, "elsewhere");
		return text(language, "line.token", mail.tokenName(), hint,
				(end != null) ? language.end(end) : text(language, "never"), time, place);
	}

	private String text(Language language, String key, Object... arguments) {
		return this.messages.getMessage(key, arguments, language.locale());
	}

}
