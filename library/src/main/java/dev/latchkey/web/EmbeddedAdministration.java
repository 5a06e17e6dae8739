package dev.latchkey.web;

import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;

/**
 * The routes by which administrators get to everybody's tokens, beside
 * {@link EmbeddedRoutes} where the application wants them.
 */
@Configuration(proxyBeanMethods = false)
@ComponentScan("dev.latchkey.account")
public class EmbeddedAdministration {

}
