package dev.latchkey.mail;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

import dev.latchkey.mail.MailQueue.Recipient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;
import org.springframework.mail.MailException;
import org.springframework.mail.SimpleMailMessage;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * Sends what waits in the queue. What happened to one account in one way and waits at the
 * same time is one mail. No connection to the database is held while the mail server is
 * spoken to.
 */
class MailDispatch {

	private static final Logger log = LoggerFactory.getLogger(MailDispatch.class);

	/**
	 * So few that even a slow mail server is through with them before they are taken
	 * again.
	 */
	private static final int AT_ONCE = 10;

	/** With the pauses between them, about two days. */
	private static final int MOST_ATTEMPTS = 18;

	private final MailQueue queue;

	private final JavaMailSender sender;

	private final String from;

	private final MailTexts texts;

	MailDispatch(MailQueue queue, JavaMailSender sender, String from, MailTexts texts) {
		this.queue = queue;
		this.sender = sender;
		this.from = from;
		this.texts = texts;
	}

	@Scheduled(fixedDelay = 2000)
	void send() {
		try {
			List<QueuedMail> taken;
			do {
				taken = this.queue.take(AT_ONCE);
				taken.stream()
					.collect(Collectors.groupingBy((mail) -> new About(mail.ownerId(), mail.kind()), LinkedHashMap::new,
							Collectors.toList()))
					.forEach(this::send);
			}
			while (taken.size() == AT_ONCE);
		}
		catch (DataAccessException ex) {
			log.warn("Mails wait for the database: {}", ex.getClass().getSimpleName());
		}
	}

	private void send(About about, List<QueuedMail> mails) {
		Recipient recipient = this.queue.recipient(about.ownerId()).orElse(null);
		if (recipient == null || isSent(about.kind(), recipient, mails)) {
			this.queue.done(mails);
		}
		else {
			Map<Boolean, List<QueuedMail>> byHope = mails.stream()
				.collect(Collectors.partitioningBy((mail) -> mail.attempts() < MOST_ATTEMPTS));
			this.queue.postpone(byHope.getOrDefault(true, List.of()));
			this.queue.done(byHope.getOrDefault(false, List.of()));
		}
	}

	/** Why not is said by its kind alone: its text may have the address. */
	private boolean isSent(MailKind kind, Recipient recipient, List<QueuedMail> mails) {
		SimpleMailMessage message = new SimpleMailMessage();
		message.setFrom(this.from);
		message.setTo(recipient.email());
		message.setSubject(this.texts.subject(kind, recipient.language()));
		message.setText(this.texts.text(kind, recipient, mails));
		try {
			this.sender.send(message);
			return true;
		}
		catch (MailException ex) {
			log.warn("A mail could not be sent, attempt {} of {}: {}", mails.get(0).attempts(), MOST_ATTEMPTS,
					ex.getClass().getSimpleName());
			return false;
		}
	}

	/** What belongs into one mail. */
	private record About(UUID ownerId, MailKind kind) {

	}

}
