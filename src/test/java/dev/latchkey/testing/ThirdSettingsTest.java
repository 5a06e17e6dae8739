package dev.latchkey.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;

/**
 * Runs a test as {@link LatchkeyTest} does, on a third server: behind a proxy, with an
 * issuer that has a path, with the application's own limits for what comes from outside,
 * where the other one has no such doors, and with mail.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@LatchkeyTest
@Import(TestMailServer.class)
@TestPropertySource(properties = { "latchkey.oauth.issuer=https://tok.example.com/auth",
		"latchkey.security.trusted-proxies=127.0.0.1", "latchkey.limits.reports=60",
		"latchkey.limits.client-documents=60", "spring.mail.host=127.0.0.1",
		"latchkey.mail.from=Latchkey <tokens@latchkey.example>" })
public @interface ThirdSettingsTest {

}
