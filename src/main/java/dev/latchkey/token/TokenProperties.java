package dev.latchkey.token;

import java.time.Duration;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How tokens look and how long they live.
 *
 * @param prefix the company part of the raw form; the last letter says the kind
 * @param defaultLifetime life of a token made without one: a duration, or {@code never}
 * @param maxLifetime longest life that may be asked for: a duration, or {@code never}
 * @param idleLifetime life without use, counted from creation until first use: a
 * duration, or {@code never}
 * @param maxGracePeriod longest time for which a rotated token may live on
 * @param revokeFamilyOnReuse whether any use of a rotated token ends its whole family,
 * and not only an attempt to rotate with it
 * @param prune how ended tokens are deleted
 */
@Validated
@ConfigurationProperties("latchkey.tokens")
public record TokenProperties(@DefaultValue("lk") @Pattern(regexp = "[a-z0-9]{1,10}") String prefix,
		@DefaultValue("90d") @NotNull Lifetime defaultLifetime, @DefaultValue("366d") @NotNull Lifetime maxLifetime,
		@DefaultValue("365d") @NotNull Lifetime idleLifetime, @DefaultValue("7d") Duration maxGracePeriod,
		@DefaultValue("false") boolean revokeFamilyOnReuse, @DefaultValue Prune prune) {

	/**
	 * How ended tokens are deleted.
	 *
	 * @param enabled whether the server does it by itself
	 * @param cron when, in the server's zone; the default is daily at 03:17
	 * @param retention how long an ended token is still shown before it is deleted
	 * @param batchSize how many rows one transaction deletes at the most
	 */
	public record Prune(@DefaultValue("true") boolean enabled, @DefaultValue("0 17 3 * * *") String cron,
			@DefaultValue("30d") Duration retention, @DefaultValue("1000") int batchSize) {

	}

}
