package dev.latchkey.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.context.annotation.Import;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.TestPropertySource;

/**
 * Runs a test as {@link LatchkeyTest} does, on the one other server, whose settings are
 * all different.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@LatchkeyTest
@ContextConfiguration(initializers = TestCollector.Initializer.class)
@Import({ SampleFeature.class, TestMailServer.class })
@TestPropertySource(properties = { "latchkey.tokens.prefix=acme",
		"latchkey.tokens.pepper=DhyDuDQyhIMc0LGMZiT2MDvAUHS2T1xG7P7mpdNLDAo=", "latchkey.tokens.default-lifetime=never",
		"latchkey.tokens.max-lifetime=never", "latchkey.tokens.idle-lifetime=never",
		"latchkey.tokens.revoke-family-on-reuse=true", "latchkey.oauth.refresh-retry-window=10s",
		"latchkey.security.header=X-Api-Token", "latchkey.security.basic=true", "latchkey.leaks.keys=",
		"spring.mail.host=127.0.0.1", "latchkey.mail.from=Latchkey <tokens@latchkey.example>",
		"latchkey.oauth.localhost-any-port=true",
		"latchkey.security.trusted-proxies=127.0.0.1,10.0.0.0/8,2001:db8:1::/48", "latchkey.limits.sign-in=10",
		"latchkey.limits.sign-in-elsewhere=100", "latchkey.limits.diagnose=60", "latchkey.limits.reports=60",
		"latchkey.limits.clients=60", "latchkey.limits.client-documents=60", "latchkey.limits.device-codes=60",
		"latchkey.oauth.client-documents.enabled=false", "latchkey.passwords.min-length=17",
		"latchkey.web.cors.allowed-origins=https://app.example,https://other.example:8443" })
public @interface OtherSettingsTest {

}
