package host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What applications compile against is a list, each type with its reason.
 */
class PublicTypesTests {

	@Test
	void eachPublicTypeIsListedWithItsReason() throws IOException {
		String listed = Files.readString(Path.of("..", "docs", "api.md"));
		List<String> types;
		try (Stream<Path> sources = Files.list(Path.of("src", "main", "java", "dev", "latchkey", "embedded"))) {
			types = sources.filter(PublicTypesTests::isPublic)
				.map((source) -> "dev.latchkey.embedded." + source.getFileName().toString().replace(".java", ""))
				.toList();
		}
		assertThat(types).hasSizeGreaterThan(7)
			.allSatisfy((type) -> assertThat(listed).contains("| `%s` |".formatted(type)));
		assertThat(listed.lines().filter((line) -> line.startsWith("| `dev.latchkey.embedded."))).hasSize(types.size());
	}

	/** A type that is renamed or hidden breaks those who have it. */
	@Test
	void eachTypeThatIsListedIsThereAndPublic() throws IOException {
		String listed = Files.readString(Path.of("..", "docs", "api.md"));
		String section = listed.substring(listed.indexOf("## `latchkey-spring-boot-starter`"));
		assertThat(section.lines().filter((line) -> line.startsWith("| `dev.")).map((line) -> line.split("`")[1]))
			.hasSizeGreaterThan(15)
			.allSatisfy((type) -> assertThat(Class.forName(type)).isPublic());
	}

	/**
	 * What a listed type offers breaks those who have it, too, when it goes. What is
	 * there now is written down anew with {@code -Dapi.write=true}: look then at what is
	 * gone.
	 */
	@Test
	void whatTheseTypesOfferIsWrittenDown() throws IOException {
		Path written = Path.of("..", "docs", "api-library.txt");
		List<String> offered = offered();
		if (Boolean.getBoolean("api.write")) {
			Files.write(written, offered);
		}
		List<String> before = Files.readAllLines(written);
		assertThat(offered).as("nothing is gone that others compile against").containsAll(before);
		assertThat(before).as("what is new is written down, by -Dapi.write=true").containsExactlyElementsOf(offered);
	}

	private static List<String> offered() throws IOException {
		String listed = Files.readString(Path.of("..", "docs", "api.md"));
		return listed.substring(listed.indexOf("## `latchkey-spring-boot-starter`"))
			.lines()
			.filter((line) -> line.startsWith("| `dev."))
			.map((line) -> line.split("`")[1])
			.sorted()
			.flatMap((type) -> offered(found(type)))
			.toList();
	}

	private static Class<?> found(String type) {
		try {
			return Class.forName(type);
		}
		catch (ClassNotFoundException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Stream<String> offered(Class<?> type) {
		Stream<String> members = Stream
			.<Member[]>of(type.getDeclaredConstructors(), type.getDeclaredMethods(), type.getDeclaredFields())
			.flatMap(Stream::of)
			.filter((member) -> !member.isSynthetic() && isForOthers(member.getModifiers()))
			.map((member) -> "\t" + PublicTypesTests.signature(member))
			.sorted();
		Stream<String> within = Stream.of(type.getDeclaredClasses())
			.filter((inner) -> isForOthers(inner.getModifiers()))
			.sorted((one, other) -> one.getName().compareTo(other.getName()))
			.flatMap(PublicTypesTests::offered);
		return Stream.of(Stream.of(type.toGenericString() + bounds(type)), members, within).flatMap((all) -> all);
	}

	private static boolean isForOthers(int modifiers) {
		return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
	}

	private static String bounds(Class<?> type) {
		Stream<Type> above = Stream.concat(Stream.ofNullable(type.getGenericSuperclass()),
				Stream.of(type.getGenericInterfaces()));
		return above.map(Type::getTypeName)
			.filter((name) -> !name.equals("java.lang.Object"))
			.map((name) -> " < " + name)
			.collect(Collectors.joining());
	}

	private static String signature(Member member) {
		return (member instanceof Executable executable) ? executable.toGenericString()
				: ((Field) member).toGenericString();
	}

	private static boolean isPublic(Path source) {
		try {
			return Files.readString(source).lines().anyMatch((line) -> line.startsWith("public "));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
