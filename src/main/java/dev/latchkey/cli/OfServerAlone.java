package dev.latchkey.cli;

import java.io.IOException;
import java.util.List;
import java.util.Set;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.core.type.filter.AssignableTypeFilter;
import org.springframework.core.type.filter.TypeFilter;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.SchedulingConfigurer;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.ControllerAdvice;

/**
 * Finds components that a command has no use for: what answers requests, what begins when
 * the server does, and what is done from time to time.
 */
class OfServerAlone implements TypeFilter {

	/** Of which no service is asked for anything but an answer to a request. */
	private static final Set<String> PACKAGES = Set.of("api", "demo", "endpoint", "gateway", "introspection",
			"language", "monitoring", "oauth", "openapi", "page", "security");

	private static final List<TypeFilter> KINDS = List.of(new AnnotationTypeFilter(EnableAutoConfiguration.class),
			new AnnotationTypeFilter(EnableMethodSecurity.class), new AnnotationTypeFilter(EnableScheduling.class),
			new AnnotationTypeFilter(Controller.class), new AnnotationTypeFilter(ControllerAdvice.class),
			new AssignableTypeFilter(SmartLifecycle.class), new AssignableTypeFilter(SmartInitializingSingleton.class),
			new AssignableTypeFilter(ApplicationRunner.class), new AssignableTypeFilter(CommandLineRunner.class),
			new AssignableTypeFilter(SchedulingConfigurer.class));

	@Override
	public boolean match(MetadataReader type, MetadataReaderFactory types) throws IOException {
		String[] name = type.getClassMetadata().getClassName().split("\\.", 4);
		if (name.length == 4 && PACKAGES.contains(name[2])) {
			return true;
		}
		for (TypeFilter kind : KINDS) {
			if (kind.match(type, types)) {
				return true;
			}
		}
		return name[name.length - 1].equals("SchedulingConfiguration");
	}

}
