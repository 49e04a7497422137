import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.opensearch.analysis.common.CommonAnalysisPlugin;
import org.opensearch.common.logging.LogConfigurator;
import org.opensearch.common.settings.Settings;
import org.opensearch.http.HttpServerTransport;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.node.Node;
import org.opensearch.painless.PainlessPlugin;
import org.opensearch.transport.Netty4Plugin;

/**
 * Runs one node of OpenSearch on loopback until it is told to end. The first argument is its folder, the others are settings
 * as name=value. Its address is written into the file "address" of the folder once it answers.
 */
public final class TestNode extends Node {
  private TestNode(Settings settings, Path folder) {
    super(
        InternalSettingsPreparer.prepareEnvironment(settings, Map.of(), folder.resolve("config"), () -> "test"),
        List.of(Netty4Plugin.class, CommonAnalysisPlugin.class, PainlessPlugin.class),
        true);
  }

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    Settings.Builder settings = Settings.builder().put("path.home", folder).put("network.host", "127.0.0.1");
    for (int i = 1; i < arguments.length; i++) {
      String[] pair = arguments[i].split("=", 2);
      if (pair[1].contains(",")) settings.putList(pair[0], pair[1].split(","));
      else settings.put(pair[0], pair[1]);
    }
    LogConfigurator.registerErrorListener();
    TestNode node = new TestNode(settings.build(), folder);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> close(node)));
    node.start();
    var address = node.injector().getInstance(HttpServerTransport.class).info().getAddress().publishAddress();
    Files.writeString(folder.resolve("address.new"), "http://127.0.0.1:" + address.getPort());
    Files.move(folder.resolve("address.new"), folder.resolve("address"));
    Thread.currentThread().join();
  }

  private static void close(Node node) {
    try {
      node.close();
    } catch (Exception failed) {
      failed.printStackTrace();
    }
  }
}
