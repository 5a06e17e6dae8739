package dev.latchkey.caller;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;

/**
 * The settings about who may give what.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(GivingProperties.class)
class CallerConfiguration {

}
