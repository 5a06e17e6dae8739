package dev.latchkey.leak;

import java.util.List;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Whether the settings name a key that reports are signed with; without one there is no
 * route for them.
 */
class OnScannerKeys implements Condition {

	@Override
	public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
		return !Binder.get(context.getEnvironment())
			.bind("latchkey.leaks.keys", Bindable.listOf(String.class))
			.orElse(List.of())
			.isEmpty();
	}

}
