import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.queryparser.classic.MultiFieldQueryParser;
import org.apache.lucene.queryparser.classic.QueryParser;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.store.MMapDirectory;

/**
 * Lucene as its documentation sets it up: the English analyser, which stems and drops stop words, BM25, any of the words, the
 * title twice as strong, the best ten with their titles. {@code Bench PAPERS QUESTIONS FOLDER}: papers are lines of a title and
 * an abstract with a tab between, questions are lines. Prints one line of JSON.
 */
public final class Bench {
  private static final int LIMIT = 10;
  /** The virtual machine compiles what is used often, so that the questions are asked this often before they are timed. */
  private static final int ROUNDS = 5;

  public static void main(String[] args) throws Exception {
    List<String> papers = Files.readAllLines(Path.of(args[0]));
    List<String> questions = Files.readAllLines(Path.of(args[1]));
    EnglishAnalyzer analyzer = new EnglishAnalyzer();
    try (MMapDirectory directory = new MMapDirectory(Path.of(args[2]))) {
      long started = System.nanoTime();
      try (IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig(analyzer))) {
        for (String line : papers) {
          String[] parts = line.split("\t", -1);
          Document document = new Document();
          document.add(new TextField("title", parts[0], Field.Store.YES));
          document.add(new TextField("abstract", parts[1], Field.Store.NO));
          writer.addDocument(document);
        }
        writer.commit();
      }
      double indexSeconds = (System.nanoTime() - started) / 1e9;
      int count = papers.size();
      papers = null;
      try (DirectoryReader reader = DirectoryReader.open(directory)) {
        IndexSearcher searcher = new IndexSearcher(reader);
        QueryParser parser =
            new MultiFieldQueryParser(
                new String[] {"title", "abstract"}, analyzer, Map.of("title", 2f, "abstract", 1f));
        for (int round = 1; round < ROUNDS; round++) for (String text : questions) ask(searcher, parser, text);
        double[] times = new double[questions.size()];
        for (int i = 0; i < times.length; i++) {
          long begun = System.nanoTime();
          ask(searcher, parser, questions.get(i));
          times[i] = (System.nanoTime() - begun) / 1e6;
        }
        Arrays.sort(times);
        System.gc();
        System.out.printf(
            Locale.ROOT,
            "{\"papers\":%d,\"indexSeconds\":%.3g,\"residentMegabytes\":%.0f,"
                + "\"search\":{\"p50\":%.3g,\"p95\":%.3g,\"p99\":%.3g}}%n",
            count, indexSeconds, resident(), share(times, 0.5), share(times, 0.95), share(times, 0.99));
      }
    }
  }

  private static void ask(IndexSearcher searcher, QueryParser parser, String text) throws Exception {
    for (ScoreDoc hit : searcher.search(parser.parse(QueryParser.escape(text)), LIMIT).scoreDocs)
      searcher.storedFields().document(hit.doc).get("title");
  }

  private static double share(double[] sorted, double share) {
    return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
  }

  /** Megabytes of the process in memory, the virtual machine and all (Linux). */
  private static double resident() throws Exception {
    for (String line : Files.readAllLines(Path.of("/proc/self/status")))
      if (line.startsWith("VmRSS:")) return Double.parseDouble(line.replaceAll("\\D", "")) * 1024 / 1e6;
    return Double.NaN;
  }
}
