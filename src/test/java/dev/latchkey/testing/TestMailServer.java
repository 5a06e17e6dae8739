package dev.latchkey.testing;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;

import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.mail.MailSendException;
import org.springframework.mail.SimpleMailMessage;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/**
 * A mail server that takes everything, and may be made to refuse.
 */
@TestConfiguration(proxyBeanMethods = false)
public class TestMailServer {

	@Bean(initMethod = "start", destroyMethod = "stop")
	GreenMail greenMail() {
		return new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
	}

	@Bean
	AtomicInteger mailsToRefuse() {
		return new AtomicInteger();
	}

	@Bean
	JavaMailSender testMailSender(GreenMail server, AtomicInteger mailsToRefuse) {
		JavaMailSenderImpl sender = new JavaMailSenderImpl() {

			@Override
			public void send(SimpleMailMessage message) {
				if (mailsToRefuse.getAndUpdate((left) -> Math.max(0, left - 1)) > 0) {
					throw new MailSendException("451 4.3.0 try again later");
				}
				super.send(message);
			}

		};
		sender.setHost("127.0.0.1");
		sender.setPort(server.getSmtp().getPort());
		sender.setDefaultEncoding("UTF-8");
		return sender;
	}

	@Bean
	Mailbox mailbox(GreenMail server, AtomicInteger mailsToRefuse) {
		return new Mailbox(server, mailsToRefuse);
	}

	/**
	 * Everybody's mail.
	 */
	public static class Mailbox {

		private final GreenMail server;

		private final AtomicInteger mailsToRefuse;

		Mailbox(GreenMail server, AtomicInteger mailsToRefuse) {
			this.server = server;
			this.mailsToRefuse = mailsToRefuse;
		}

		/**
		 * Refuses the next mails.
		 */
		public void refuse(int mails) {
			this.mailsToRefuse.set(mails);
		}

		/**
		 * Returns whether none is left to be refused.
		 */
		public boolean hasRefusedAll() {
			return this.mailsToRefuse.get() == 0;
		}

		/**
		 * Returns what somebody got.
		 */
		public List<Mail> of(String email) {
			return Arrays.stream(this.server.getReceivedMessages())
				.map(Mailbox::read)
				.filter((mail) -> mail.to().equals(email))
				.toList();
		}

		private static Mail read(MimeMessage message) {
			try {
				return new Mail(((InternetAddress) message.getRecipients(RecipientType.TO)[0]).getAddress(),
						message.getFrom()[0].toString(), message.getSubject(), message.getContent().toString());
			}
			catch (MessagingException | IOException ex) {
				throw new IllegalStateException(ex);
			}
		}

	}

	/**
	 * A mail that came.
	 *
	 * @param to whose it is
	 * @param from who sent it
	 * @param subject what it is about
	 * @param text what it says
	 */
	public record Mail(String to, String from, String subject, String text) {

	}

}
