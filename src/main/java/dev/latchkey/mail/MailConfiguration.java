package dev.latchkey.mail;

import java.time.Clock;
import java.util.List;

import dev.latchkey.net.PublicNames;
import dev.latchkey.startup.StartupFailure;
import dev.latchkey.token.TokenLives;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mail.javamail.JavaMailSender;

/**
 * Sends mails where there is a server that takes them.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(MailProperties.class)
class MailConfiguration {

	/**
	 * All that mail needs, as one: without it nothing is heard, kept or looked for.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnProperty("spring.mail.host")
	static class Mails {

		@Bean
		MailQueue mailQueue(JdbcClient jdbc, Clock clock) {
			return new MailQueue(jdbc, clock);
		}

		@Bean
		MailListener mailListener(MailQueue queue) {
			return new MailListener(queue);
		}

		@Bean
		ReuseNotes reuseNotes(MailQueue queue) {
			return new ReuseNotes(queue);
		}

		@Bean
		TokenReminders tokenReminders(JdbcClient jdbc, TokenLives lives, Clock clock) {
			return new TokenReminders(jdbc, lives, clock);
		}

		@Bean
		MailDispatch mailDispatch(MailQueue queue, JavaMailSender sender, MailProperties properties,
				PublicNames names) {
			String from = properties.from();
			if (from == null) {
				throw new StartupFailure(
						List.of("Setting latchkey.mail.from has to be set where spring.mail.host is."));
			}
			return new MailDispatch(queue, sender, from, new MailTexts(names.first().orElse(null)));
		}

	}

}
