package dev.latchkey.security;

import java.util.List;

import jakarta.validation.constraints.NotBlank;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where credentials are read, and who is believed about where a request comes from.
 *
 * @param header the header that carries the token
 * @param trustedProxies addresses or blocks in CIDR notation whose
 * {@code X-Forwarded-For} and {@code X-Forwarded-Proto} are believed
 */
@Validated
@ConfigurationProperties("latchkey.security")
record SecurityProperties(@DefaultValue("Authorization") @NotBlank String header,
		@DefaultValue List<String> trustedProxies) {

}
