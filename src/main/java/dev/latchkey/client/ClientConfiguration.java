package dev.latchkey.client;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;

/**
 * Binds the settings of clients.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ClientDocumentProperties.class)
class ClientConfiguration {

}
