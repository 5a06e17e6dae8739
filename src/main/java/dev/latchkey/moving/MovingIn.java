package dev.latchkey.moving;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.latchkey.caller.Actor;
import dev.latchkey.caller.GivingRules;
import dev.latchkey.problem.ProblemCode;
import dev.latchkey.problem.ProblemException;
import dev.latchkey.scope.ScopeCatalogue;
import dev.latchkey.token.ForeignToken;
import dev.latchkey.token.TokenImport;
import dev.latchkey.token.TokenImport.Taken;
import dev.latchkey.value.InvalidValueException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.stereotype.Service;

/**
 * Reads a file of tokens that another system gave out, and has them taken in: all lines
 * that can be, or after a fault none.
 */
@Service
public class MovingIn {

	private final GivingRules rules;

	private final ScopeCatalogue catalogue;

	private final JsonMapper json;

	private final ForeignRows rows;

	private final TokenImport tokens;

	private final ImportProperties properties;

	MovingIn(GivingRules rules, ScopeCatalogue catalogue, JsonMapper json, ForeignRows rows, TokenImport tokens,
			ImportProperties properties) {
		this.rules = rules;
		this.catalogue = catalogue;
		this.json = json;
		this.rows = rows;
		this.tokens = tokens;
		this.properties = properties;
	}

	/**
	 * Takes in what can be taken in.
	 * @param by who brings it
	 * @param source which system wrote it
	 * @param csv the file, in UTF-8, with a header
	 * @param scopes which of its scopes is which of this server's, as
	 * {@code old=new,...}, or null where the names are the same
	 * @throws ProblemException if it is too large, is no such file, lacks a column
	 * without which nothing can be taken in, or the names of scopes cannot be read
	 */
	public ImportReport take(Actor by, ImportSource source, byte[] csv, @Nullable String scopes) {
		this.rules.requireMayImport(by);
		requireSize(csv.length);
		ScopeMap names = ScopeMap.of(scopes, this.catalogue, this.json);
		List<ForeignToken> readable = new ArrayList<>();
		List<ImportReport.Refused> refused = new ArrayList<>();
		CsvTable.of(csv).read((columns) -> requireColumns(source, columns), (line, row) -> {
			try {
				readable.add(this.rows.read(source, line, row, names));
			}
			catch (InvalidValueException ex) {
				refused.add(new ImportReport.Refused(line, ex.rule()));
			}
		}, (line, reason) -> refused.add(new ImportReport.Refused(line, reason)));
		Taken taken = this.tokens.take(by, source.value(), readable, refused.size());
		taken.refused().forEach((one) -> refused.add(new ImportReport.Refused(one.line(), one.reason())));
		refused.sort(Comparator.comparingLong(ImportReport.Refused::line));
		return new ImportReport(taken.imported(), taken.unchanged(), List.copyOf(refused));
	}

	/** Who comes by HTTP is stopped while he sends; who brings a file is stopped here. */
	private void requireSize(int bytes) {
		if (bytes > this.properties.maxSize().toBytes()) {
			throw new ProblemException(ProblemCode.PAYLOAD_TOO_LARGE,
					"The file is larger than latchkey.import.max-size, %d bytes."
						.formatted(this.properties.maxSize().toBytes()));
		}
	}

	private static void requireColumns(ImportSource source, Map<String, Integer> columns) {
		Set<String> names = columns.keySet();
		if (source == ImportSource.SANCTUM && !names.contains("id")) {
			throw missing("id");
		}
		if (source.secret().stream().noneMatch(names::contains)) {
			throw missing(source.secret().get(0));
		}
		if (source.scopes().stream().noneMatch(names::contains)) {
			throw missing(source.scopes().get(0));
		}
		if (ForeignRows.OWNERS.stream().noneMatch(names::contains)) {
			throw missing("email");
		}
	}

	private static ProblemException missing(String column) {
		return ProblemException.invalid(column, "must be a column of the table");
	}

}
