package dev.latchkey.audit;

import dev.latchkey.token.Lifetime;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long events are kept.
 *
 * @param retention how long an event is kept: a duration, or {@code never} for events
 * that never go
 */
@ConfigurationProperties("latchkey.audit")
record AuditProperties(@DefaultValue("400d") Lifetime retention) {

}
