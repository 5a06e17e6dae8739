package dev.latchkey.cli;

import java.util.Set;

import dev.latchkey.account.NewUser;
import dev.latchkey.account.UserService;
import dev.latchkey.caller.Actor;
import dev.latchkey.caller.User;
import dev.latchkey.scope.Role;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import org.springframework.context.ApplicationContext;

/**
 * Makes an account.
 */
@Command(name = "create-user", description = "Make an account.")
class CreateUserCommand extends PasswordCommand {

	@Option(names = "--email", required = true, paramLabel = "<address>", description = "The address it signs in with.")
	private String email = "";

	@Option(names = "--name", required = true, paramLabel = "<name>", description = "What people call it.")
	private String name = "";

	@Option(names = "--role", paramLabel = "<role>",
			description = "GUEST, USER, ADMIN or SUPERUSER; USER where it is left out.")
	private @Nullable Set<Role> roles;

	CreateUserCommand(Terminal terminal, CommandContext context) {
		super(terminal, context);
	}

	@Override
	int run(ApplicationContext beans) {
		User made = beans.getBean(UserService.class)
			.create(Actor.COMMAND_LINE, new NewUser(this.email, this.name, password(), this.roles));
		if (json()) {
			terminal().printJson(AccountJson.of(made));
		}
		else {
			terminal().print("Made %s (%s), id %s".formatted(made.email(), Role.highest(made.roles()), made.id()));
		}
		return Commands.DONE;
	}

}
