const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/).filter((word) => word !== ""));

/** Function words of English: they are neither indexed nor searched. A longer list loses terms such as "second". */
export const STOP_WORDS = words(`
  a about above after again against all also am an and any are as at be because been before being below between both
  but by can could did do does doing down during each either etc few for from further had has have having he her here
  hers him his how i if in into is it its itself just let like may me might more most must my no nor not of off on
  once only or other our ours out over own per same she should so some such than that the their theirs them then
  there these they this those through to too under until up upon us very was we were what when where which while who
  whom whose why will with within without would you your yours via et al`);

/** Words of the request rather than of the topic ("can you find me papers about"): passed over beside other words. */
export const REQUEST_WORDS = words(`
  paper papers article articles find search show looking look something anything list give recommend suggest please
  thanks know want need interested tell get got one two work works research study studies publication publications
  topic topics related regarding concerning discuss discusses discussing deal deals dealing describe describes`);
