package dev.latchkey.cli;

import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.persistence.autoconfigure.PersistenceExceptionTranslationAutoConfiguration;

/**
 * What a command asks for, beside {@link CommandBeans}, that changes accounts or tokens:
 * Hibernate, which costs half as much time as all else.
 */
@AutoConfigurationPackage(basePackages = "dev.latchkey")
@ImportAutoConfiguration({ PersistenceExceptionTranslationAutoConfiguration.class, HibernateJpaAutoConfiguration.class,
		DataJpaRepositoriesAutoConfiguration.class })
class CommandEntities {

}
