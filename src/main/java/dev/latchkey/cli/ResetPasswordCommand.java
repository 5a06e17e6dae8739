package dev.latchkey.cli;

import java.util.Set;

import dev.latchkey.account.AccountLookup;
import dev.latchkey.account.UserChange;
import dev.latchkey.account.UserService;
import dev.latchkey.caller.Actor;
import dev.latchkey.caller.User;
import dev.latchkey.scope.Role;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import org.springframework.context.ApplicationContext;

/**
 * Sets an account's password: the way back in when nobody is left who administers.
 */
@Command(name = "reset-password", description = "Set the password of an account, which ends its sessions and tokens.",
		footer = { "",
				"The rescue when no superuser is left: --superuser makes the account an enabled superuser, too." })
class ResetPasswordCommand extends PasswordCommand {

	@Option(names = "--email", required = true, paramLabel = "<address>", description = "Whose password it is.")
	private String email = "";

	@Option(names = "--keep-tokens", description = "Let personal tokens and applications' grants live on.")
	private boolean keepTokens;

	@Option(names = "--superuser", description = "Make it an enabled superuser, too.")
	private boolean superuser;

	ResetPasswordCommand(Terminal terminal, CommandContext context) {
		super(terminal, context);
	}

	@Override
	int run(ApplicationContext beans) {
		UserService users = beans.getBean(UserService.class);
		User user = Accounts.find(beans.getBean(AccountLookup.class), this.email);
		UserChange change = new UserChange(null, this.superuser ? Set.of(Role.SUPERUSER) : null,
				this.superuser ? Boolean.TRUE : null, password(), this.keepTokens);
		User changed = users.change(Actor.COMMAND_LINE, user.id(), change).orElseThrow(Accounts::none);
		if (!changed.enabled()) {
			terminal().say("The account is disabled, and stays so: nobody signs in with it.");
		}
		else if (!users.isAdministered()) {
			terminal().say("Nobody administers this server. --superuser would make this account a superuser.");
		}
		if (json()) {
			terminal().printJson(AccountJson.of(changed));
		}
		else {
			terminal().print("Set the password of %s (%s)".formatted(changed.email(), Role.highest(changed.roles())));
		}
		return Commands.DONE;
	}

}
